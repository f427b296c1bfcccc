"""The linter's claims beside what a program really does: `python -m jaxlint.observe -- COMMAND`.

Unlike everything else here, this runs the user's code, and needs JAX. It is for whoever wonders why a finding is made or
missed in a program of their own, and for judging changes to the engine on programs that nobody wrote for it.

    cli          the command: runs the program in a process of its own, and the linter meanwhile
    targets      which packages are observed
    program      the program's process: the import hook, then the command
      rewriting    a module's tree -> the same with a call of the recorder after each binding
      importing    the hook that does so on import, in memory
      recording    counts what each place held
      classes      a value -> tracer, array, NumPy, static; and whether a trace is open
    sites        the places, and what was seen of each; what the two processes tell one another
    linting      the linter's claims, from processes of its own
    comparison   what was seen beside what was claimed
    report       the lists and the table

The linter's half knows nothing of JAX, the program's half nothing of pylint or astroid.
"""
