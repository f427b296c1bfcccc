"""The grammar of `--like`."""

from __future__ import annotations

from typing import Any

import pytest

from jaxlint.verify.own.like import ArrayLike, Like, LikeError, parsed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("f32[128]", ArrayLike("float32", (128,))),
        ("f32[2,3]", ArrayLike("float32", (2, 3))),
        ("float32[2, 3]", ArrayLike("float32", (2, 3))),
        ("i32[]", ArrayLike("int32", ())),
        ("i32[ ]", ArrayLike("int32", ())),
        ("bool[3]", ArrayLike("bool", (3,))),
        ("bf16[0]", ArrayLike("bfloat16", (0,))),
        ("u8[3,]", ArrayLike("uint8", (3,))),
        ("c64[1]", ArrayLike("complex64", (1,))),
        ("key[]", ArrayLike("key", ())),
        ("key<fry>[]", ArrayLike("key", ())),
        ("key<fry>[4]", ArrayLike("key", (4,))),
        ("~f32[]", ArrayLike("float32", (), weak=True)),
        ("3", 3),
        ("-0.5", -0.5),
        ("None", None),
        ("True", True),
        ("'mean, f32[3]'", "mean, f32[3]"),
        ('"a[] key<fry>"', "a[] key<fry>"),
        ("()", ()),
        ("(f32[3], 2)", (ArrayLike("float32", (3,)), 2)),
        ("[f32[3], [i32[]]]", [ArrayLike("float32", (3,)), [ArrayLike("int32", ())]]),
        ('{"w": f32[3,4], "b": f32[4]}', {"w": ArrayLike("float32", (3, 4)), "b": ArrayLike("float32", (4,))}),
    ],
)
def test_a_value(text: str, value: Any) -> None:
    assert parsed(text) == Like((value,), {})
    assert parsed(f"x={text}") == Like((), {"x": value})


def test_arguments_stand_as_in_a_call() -> None:
    like = parsed("f32[3], 2, key=key[], n=3")
    assert like == Like((ArrayLike("float32", (3,)), 2), {"key": ArrayLike("key", ()), "n": 3})
    assert parsed(str(like)) == like
    assert parsed("") == Like((), {})


@pytest.mark.parametrize(("text", "wide"), [("f32[3]", False), ("f64[3]", True), ("x={'a': [i64[]]}", True), ("3", False)])
def test_types_that_need_64_bits(text: str, wide: bool) -> None:
    assert parsed(text).is_wide is wide


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x=", "cannot read 'x='"),
        ("x=f32[128", "cannot read"),
        ("f32[3]) + (1", "cannot read"),
        ("x=f33[128]", "f33[128]: there is no dtype f33; there are bool, i8"),
        ("x=f32[n]", "f32[n]: a shape is made of whole numbers"),
        ("x=f32[-1]", "f32[-1]: a shape is made of whole numbers"),
        ("x=f32[1:3]", "a shape is made of whole numbers"),
        ("x=f32[True]", "a shape is made of whole numbers"),
        ("x=f32[100000,100000]", "10,000,000,000 elements"),
        ("x=f32", "f32: neither the type of an array"),
        ("x=open('f')", "open('f'): neither the type of an array"),
        ("x=f33[]", "f33[]: there is no dtype"),
        ("x=~f32[3]", "only a number can be a Python number"),
        ("x=~bool[]", "only a number can be a Python number"),
        ("x=1, x=2", "'x' is given twice"),
        ("n=3, f32[3]", "cannot read"),
        ("**{'x': 1}", "** cannot be used"),
        ("*f32[3]", "neither the type of an array"),
        ("\0", "cannot read"),
        ("(" * 500, "cannot read"),
    ],
)
def test_what_is_no_list_of_arguments_is_told(text: str, part: str) -> None:
    with pytest.raises(LikeError) as raised:
        parsed(text)
    assert part in str(raised.value)
