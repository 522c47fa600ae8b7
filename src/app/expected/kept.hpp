// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

/// What sources came to is kept, so that they need not be loaded again while nothing has changed
/// that it was made of: files, the server that it was loaded into, the program itself
/// (util/ingredients.hpp). Where one of them cannot be known it is not kept. No failure of this is
/// one of the run.
class Kept {
 public:
  Kept(const SourceRequest& request, Scratch& scratch);

  /// As it was loaded before; nothing if it has to be loaded now. Connects to the target if there
  /// is something to look at, since it says what the scratch server is to be like.
  std::optional<SourcePart> look();
  /// Keeps what was loaded now. It is read back from there: so a run goes on in the same way
  /// whether it was loaded or not.
  void remember(SourcePart& part, const Ingredients& ingredients);

 private:
  std::filesystem::path file();
  std::string question();

  const SourceRequest& m_request;
  Scratch& m_scratch;
  std::optional<std::filesystem::path> m_folder;  // nothing: nothing is kept
  std::string m_asked_for;
};

}  // namespace pgmend::app
