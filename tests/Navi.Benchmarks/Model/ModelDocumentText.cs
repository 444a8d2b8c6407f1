using Navi.Measuring;

namespace Navi.Benchmarks.Model;

/// <summary>docs/PERFORMANCE_BENCHMARKS.md and the part of it that does not change.</summary>
internal static class ModelDocumentText
{
    private const string Introduction =
        """
        # Performance with models

        How long NAVI takes with a model, what it costs, and how often the work is what was asked. Each section was printed by the command beneath it, on the machine and at the time named there; `--write` put it here. A section
        whose title says *simulated* measures NAVI and this harness alone: its model is a script that knows the answers, so its times follow from the script's settings and its successes say nothing about any model.

        ## How it is measured

        * The tasks are of five kinds, in turn: make a failing test pass, add a function with a test, rename a function across files, write a document, add an option. The harness makes a repository for each; they are Python,
          because its tests need nothing but the interpreter.
        * A task counts as delivered when its branch exists, the files that had to stay are unchanged, the repository's own tests pass on it, and a check passes that the agent never saw. What NAVI says of its own work does not
          count; where it says *completed* and the check does not agree, that is counted by itself.
        * The harness approves what a task asks for, as the person at this machine (environment Local), at once; so no time of a person is in the figures. Questions are answered with one sentence that says to decide.
        * NAVI runs as a process of its own on a private PostgreSQL that waits for the disk; tasks run several at once, as the command says.
        * All samples count, failed ones too. Percentiles are nearest ranks. A call is one attempt at a model, a retry is another. A step reaches from the beginning of a model's turn to that of the next, with its tool calls; the last
          one to the task's end, with verification, review and publishing. Tokens are the provider's counts; money follows from the price of the model's entry or the [price file](../agent/Models/Prices/prices.json).
        * A run stops when its tasks, its time or its money are used up, or at Ctrl-C, cancels what is open, and reports what it has.

        With a model of your own: configure it as [CONFIGURATION.md](CONFIGURATION.md) says (`Navi__Models__Entries__0__…`) and run `./navi bench model --runs 100 --write`. What is aimed at: calls under 5 s at p95.

        ## Figures

        """;

    /// <summary>The document in a directory.</summary>
    public static SectionedDocument In(string directory) => new(Path.Combine(directory, "PERFORMANCE_BENCHMARKS.md"), Introduction, []);
}
