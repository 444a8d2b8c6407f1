namespace Navi.Benchmarks.Model.Kinds;

/// <summary>The kinds, taken in turn.</summary>
internal static class TaskKinds
{
    public static readonly IReadOnlyList<TaskKind> All = [FixFailingTest.Kind, AddFunction.Kind, RenameAcrossFiles.Kind, WriteDocument.Kind, AddOption.Kind];

    /// <summary>The kinds as scripts of the simulated provider, in the form of docs/SIMULATED_PROVIDERS.md.</summary>
    public static object Scripts => All.Select(kind => new
    {
        contains = kind.Words[..40],
        turns = kind.Solution.Select(step => new { calls = new[] { new { name = step.Tool, arguments = step.Arguments } } }).ToList(),
    }).ToList();
}
