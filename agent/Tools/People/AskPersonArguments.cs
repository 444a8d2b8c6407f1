using System.ComponentModel;

namespace Navi.Agent.Tools.People;

/// <summary>A question to a person.</summary>
internal sealed record AskPersonArguments(
    [Description("The question, with what is needed to answer it.")] string Question,
    [Description("Answers to choose from; leave out for a free answer.")] IReadOnlyList<string>? Options = null);
