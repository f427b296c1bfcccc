"""A function of the user's own: compiled for each platform, run where one is, and compared with what it was before a fix.

    command     `jaxlint verify train.py:step --like "x=f32[128], n=3"`
    child       the process in which the function is imported and judged
    judging     what is shown of it
    drawn       inputs that are like what was said
    named       a function by its file or module, imported
    revisions   the files of a git revision
    like        the grammar of `--like`

Each module knows only those below it. The user's code is imported by `child` alone, in a process of its own.
"""
