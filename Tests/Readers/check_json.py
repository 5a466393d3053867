"""Checks JSON documents against a JSON Schema: check_json.py SCHEMA FILE…

Writes what is wrong, a line each. No name may come twice in an object, which schemas cannot say.
"""

import json
import pathlib
import sys

import jsonschema


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        sys.exit(f"a name comes twice: {names}")
    return dict(pairs)


schema = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    document = json.loads(pathlib.Path(path).read_bytes(), object_pairs_hook=unique)
    for error in validator.iter_errors(document):
        print(f"{path}: {error.json_path}: {error.message[:300]}")
