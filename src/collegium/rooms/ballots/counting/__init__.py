"""The arithmetic of decisions: motions, approval and elections by single transferable vote.

Integers and exact fractions only, no clock, no database: the same ballots give the same result, twice.
"""
