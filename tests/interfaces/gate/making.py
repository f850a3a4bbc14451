"""Values made up from as much of JSON Schema as the OpenAPI document uses: whole ones, and ones with a wrong part somewhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]

_KNOWN = st.sampled_from(["LINEに移動", "女性限定", "message", "client"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | _KNOWN
JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just([]) | st.just({}) | st.floats()


def whole(schema: Schema, components: Schema) -> st.SearchStrategy[Any]:
    """Values that the schema allows. Raises `NotImplementedError` for a word it does not know."""
    if "$ref" in schema:
        return whole(components["schemas"][schema["$ref"].rpartition("/")[2]], components)
    if "anyOf" in schema:
        return st.one_of([whole(part, components) for part in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return _objects(schema, components)
        case "array":
            items = whole(schema["items"], components)
            return st.lists(items, max_size=min(4, schema.get("maxItems", 4)))
        case "string":
            return TEXTS.filter(lambda text: len(text) <= schema.get("maxLength", 40))
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "number":
            return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    raise NotImplementedError(schema)


def _objects(schema: Schema, components: Schema) -> st.SearchStrategy[Any]:
    parts = {name: whole(part, components) for name, part in schema["properties"].items()}
    required = schema.get("required", [])
    return st.fixed_dictionaries(
        {name: parts[name] for name in required},
        optional={name: part for name, part in parts.items() if name not in required},
    )


@st.composite
def damaged(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    """A value of `values` with one part somewhere replaced, taken away or added."""
    value = draw(values)
    at = value
    while isinstance(at, dict | list) and at:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if isinstance(at[key], dict | list) and at[key] and draw(st.booleans()):
            at = at[key]
            continue
        match draw(st.integers(0, 2)):
            case 0:
                at[key] = draw(JUNK)
            case 1:
                del at[key]
            case _ if isinstance(at, dict):
                at[draw(st.text(max_size=8))] = draw(JUNK)
        return value
    return draw(JUNK)
