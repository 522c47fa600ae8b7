# SPDX-License-Identifier: MIT
"""validate.py SCHEMA DOCUMENT...: JSON Schema, with no key that the schema does not name."""
import json
import sys

import jsonschema


def closed(schema):
    """A published schema lets keys be added; here each of them has to be described."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made.setdefault("additionalProperties", False)
    return made


with open(sys.argv[1], encoding="utf-8") as file:
    validator = jsonschema.Draft202012Validator(closed(json.load(file)))
validator.check_schema(validator.schema)
faults = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for error in validator.iter_errors(document):
        print(f"{path}: {error.json_path}: {error.message}")
        faults += 1
sys.exit(1 if faults else 0)
