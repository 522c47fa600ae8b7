// SPDX-License-Identifier: MIT
#include "util/chance.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

namespace pgmend {

std::uint32_t chance() {
  std::uint32_t bits = 0;
  // So few bytes come whole, or not at all.
  while (::getrandom(&bits, sizeof bits, 0) != sizeof bits)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
  return bits;
}

}  // namespace pgmend
