"""What a record of a plan is made of: frozen fields, each with its type, limits and default.

Records are plain dataclasses, so that a plan which was read before is there at once; pydantic, which takes a tenth of a second
to load, builds its validators from the same declarations when there is something to read (see ``validate.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform, get_type_hints

if TYPE_CHECKING:
    from typing import Self


class Limits:
    """Bounds of a number (``ge``, ``gt``, ``le``, ``lt``), of a text's or a list's length, or a text's ``pattern``."""

    __slots__ = ("told",)

    def __init__(self, **told: Any) -> None:
        self.told = told

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), **self.told}


class AsText:
    """A text that may be written as a whole number, without quotes."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_as_text, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return {"type": ["string", "integer"]}


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Model:
    """A record. Made by its name it trusts what it is given; ``read`` looks at everything.

    A dataclass writes these methods anew for each of thirty records, which takes a start as long as loading the plan.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "allow_inf_nan": False, "defer_build": True}

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)

    def __init__(self, **given: Any) -> None:
        usual, known = defaults(type(self)), _names(type(self))
        odd = [name for name in given if name not in known] + [name for name in known if name not in given and name not in usual]
        if odd:
            raise TypeError(f"{type(self).__name__} is made of {', '.join(known)}; unknown or missing: {', '.join(odd)}")
        vars(self).update({name: given[name] if name in given else usual[name] for name in known})
        self.__post_init__()

    def __post_init__(self) -> None:
        """Looks at the fields together; raises ValueError."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(map(vars(self).get, _names(type(self)))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """The record of a mapping. Raises pydantic's ValidationError, which tells all that is wrong."""
        from salpi.plan.validate import validator

        found: Self = validator(cls).validate_python(dict(body))
        return found

    def but(self, **changes: Any) -> Self:
        """The record with other values in some fields."""
        return type(self)(**{**vars(self), **changes})

    def given(self) -> dict[str, Any]:
        """The fields that differ from their defaults."""
        usual = defaults(type(self))
        return {name: value for name, value in vars(self).items() if name not in usual or value != usual[name]}

    def plain(self) -> dict[str, Any]:
        """The record as dicts, tuples, numbers and texts."""
        return {name: _plain(value) for name, value in vars(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.plain()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return type(value)(map(_plain, value)) if isinstance(value, (list, tuple)) else value


def _names(model: type[Model]) -> dict[str, Any]:
    """The fields, in their order."""
    names: dict[str, Any] = model.__dataclass_fields__  # type: ignore[attr-defined]
    return names


_FIELDS: dict[type, dict[str, Any]] = {}


def fields_of(model: type[Model]) -> dict[str, Any]:
    """Field → what may stand there."""
    if model not in _FIELDS:
        hints = get_type_hints(model, include_extras=True)
        _FIELDS[model] = {name: hints[name] for name in _names(model)}
    return _FIELDS[model]


_DEFAULTS: dict[type, dict[str, Any]] = {}


def defaults(model: type[Model]) -> dict[str, Any]:
    """Field → its default, where it has one; without one it is required."""
    if model not in _DEFAULTS:
        every = _names(model).values()
        made = {one.name: one.default if one.default_factory is MISSING else one.default_factory() for one in every}
        _DEFAULTS[model] = {name: value for name, value in made.items() if value is not MISSING}
    return _DEFAULTS[model]
