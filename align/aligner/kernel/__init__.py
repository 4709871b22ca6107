"""The search inside parts as machine code, for documents of many parts; it gives what NumPy gives, much sooner.

Importing `align.aligner.kernel.looks` costs half a second and needs numba; `align.aligner.local` knows when that pays.
"""
