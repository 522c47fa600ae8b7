# SPDX-License-Identifier: MIT
"""What is inside the static program, as CycloneDX: python3 sbom.py VERSION COMMIT DATE < LINES

A line is `name|version|licence|purl`, one for each library.
"""
import json
import sys
import uuid


def component(line):
    name, version, licence, purl = line.strip().split("|")
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
            "licenses": [{"expression": licence}]}


def document(version, commit, date, components):
    program = f"pkg:generic/pgmend@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{program}#{commit}')}",
        "version": 1,
        "metadata": {
            "timestamp": date,
            "component": {
                "type": "application", "bom-ref": program, "name": "pgmend", "version": version,
                "purl": program, "licenses": [{"license": {"id": "MIT"}}],
                "properties": [{"name": "commit", "value": commit}],
            },
        },
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def main():
    components = sorted((component(line) for line in sys.stdin if line.strip()),
                        key=lambda one: one["name"])
    json.dump(document(*sys.argv[1:4], components), sys.stdout, indent=2)
    print()


main()
