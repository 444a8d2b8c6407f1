using Navi.Measuring;

namespace Navi.Benchmarks.Tools;

/// <summary>What is printed.</summary>
/// <param name="Json">JSON lines instead of a table.</param>
internal sealed record ToolsOptions(bool Json)
{
    /// <summary>What the command line may say.</summary>
    public const string Usage =
        """
        navi bench tools [--json]

        Compares the definitions that outline_file, list_symbols and find_definition read with those of universal-ctags, on four code bases: NAVI itself (C#), the library of the Python that is
        installed, and RxJS (TypeScript) and Express with what it needs (JavaScript) from npm. Needs universal-ctags, python3, npm and a registry that npm can reach.
        """;

    /// <exception cref="UsageException">An argument is unknown.</exception>
    public static ToolsOptions Parse(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => new(false),
        ["--json"] => new(true),
        _ => throw new UsageException($"There is no option '{arguments.First(a => a != "--json")}'."),
    };
}
