using Navi.Agent.Tools;

namespace Navi.Agent.Rules;

/// <summary>What the rules can do, in words.</summary>
internal static class RuleFamily
{
    /// <summary>Examples of every kind of task that is understood.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "survey this repository",
        "rename OLD to NEW (add: in src/**/*.py)",
        "replace \"old text\" with \"new text\" in *.md",
        "run the tests",
        "run `make lint`",
        "rename OLD to NEW and run the tests",
    ];

    public static string Refusal(string task) =>
        $"""
        The rules provider does not understand this task: '{BoundedText.Brief(task.Trim())}'. It works without a model and understands these, also joined by "and" or "then":
        {string.Join('\n', Examples.Select(e => "- " + e))}
        Other tasks need a model: list one under Navi:Models:Entries; NAVI_MODEL_PROVIDER selects it, and without that 'auto' takes the first.
        """;
}
