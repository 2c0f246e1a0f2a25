"""Some message of any kind, made from the types of its fields."""

from typing import Any

import msgspec


def least(kind: type[Any]) -> bytes:
    """Its bytes."""
    return msgspec.msgpack.encode([_some(field.type) for field in msgspec.structs.fields(kind)])


def _some(kind: Any) -> Any:
    return _some_of(msgspec.inspect.type_info(kind))


def _some_of(info: Any) -> Any:
    match info:
        case msgspec.inspect.IntType():
            return 5
        case msgspec.inspect.StrType():
            return "ryd"
        case msgspec.inspect.BytesType():
            return bytes(info.max_length or 32)
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.ListType() | msgspec.inspect.VarTupleType():
            return [_some_of(info.item_type)]
        case msgspec.inspect.TupleType():
            return [_some_of(item) for item in info.item_types]
        case msgspec.inspect.DictType():
            return {_some_of(info.key_type): _some_of(info.value_type)}
        case msgspec.inspect.StructType():
            return [_some_of(field.type) for field in info.fields]
    return None
