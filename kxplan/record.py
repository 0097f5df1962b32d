"""Records: `typing.NamedTuple` for a tenth of its price at import; a type checker sees NamedTuple itself.

typing's compiles a constructor and every annotation of every class, 0.13 ms each: the sixty that
`log` needs cost as much as all its work in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from operator import itemgetter

    try:
        from _collections import _tuplegetter as _field  # the accessor of collections.namedtuple
    except ImportError:

        def _field(index, doc):
            return property(itemgetter(index), doc=doc)

    _ACCESSORS = []
    """Shared by all records: an accessor knows nothing but its place."""

    class _RecordType(type):
        """Makes the annotated names of a class the fields of its tuple."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            _ACCESSORS.extend(_field(at, f"Field number {at}.") for at in range(len(_ACCESSORS), len(fields)))
            namespace.update(zip(fields, _ACCESSORS, strict=False))
            namespace.update(__slots__=(), __match_args__=fields, _fields=fields, _field_defaults=defaults)
            return super().__new__(cls, name, bases, namespace)

    class Record(tuple, metaclass=_RecordType):
        """A frozen row of named fields, those with a default last."""

        def __new__(cls, *values, **named):
            if named or len(values) != len(cls._fields):
                values = _filled(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, **changes):
            values = tuple(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"{type(self).__name__} has no {', '.join(changes)}")
            return tuple.__new__(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    def _filled(cls, values, named):
        """Return all values of a record, in order; it takes its fields once each, and those alone."""
        defaults, rest = cls._field_defaults, cls._fields[len(values) :]
        try:
            filled = (*values, *[named.pop(name) if name in named else defaults[name] for name in rest])
        except KeyError as error:
            raise TypeError(f"{cls.__name__} wants {error}") from error
        if named or len(filled) > len(cls._fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}, not {', '.join(named) or filled!r}")
        return filled


__all__ = ["Record"]
