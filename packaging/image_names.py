# SPDX-License-Identifier: MIT
"""Names the image of an OCI layout for those that load it, and describes it for older Dockers.

usage: image_names.py LAYOUT NAME:TAG

podman takes the name from the annotation of the OCI image specification, containerd (and Docker on
it) from its own; Docker's own store reads manifest.json, which `docker save` writes, too.
"""
import json
import os
import sys


def written(path, content):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file, separators=(",", ":"))


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def blob(described):
    return "blobs/" + described["digest"].replace(":", "/")


def main(layout, name):
    index = read(os.path.join(layout, "index.json"))
    (described,) = index["manifests"]
    described["annotations"] = {"io.containerd.image.name": "docker.io/library/" + name,
                                "org.opencontainers.image.ref.name": name}
    written(os.path.join(layout, "index.json"), index)
    manifest = read(os.path.join(layout, blob(described)))
    written(os.path.join(layout, "manifest.json"),
            [{"Config": blob(manifest["config"]), "RepoTags": [name],
              "Layers": [blob(layer) for layer in manifest["layers"]]}])


if __name__ == "__main__":
    main(*sys.argv[1:])
