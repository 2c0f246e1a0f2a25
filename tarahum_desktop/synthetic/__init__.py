"""The invented year: a whole country of families, visits and services made from a seed.

Real records may not leave production (DCC-1:2022, 2-4-1-3), so demonstrations, tests and benchmarks run on
this. ``margins`` decides how many, ``people`` and ``families`` invent who, ``plan`` streams family files,
``rows`` turns them into table rows and ``load`` brings the rows into a replica.
"""
