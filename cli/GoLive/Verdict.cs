namespace Navi.Cli.GoLive;

/// <summary>What was found of an item.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Evidence">What was seen, or what a person has to look at; never a secret.</param>
internal sealed record Verdict(GoLiveState State, string Evidence)
{
    public static Verdict Passed(string evidence) => new(GoLiveState.Passed, evidence);

    public static Verdict Failed(string evidence) => new(GoLiveState.Failed, evidence);

    public static Verdict Person(string evidence) => new(GoLiveState.Person, evidence);

    /// <summary>Passed when nothing is wrong; else failed with everything that is.</summary>
    public static Verdict Of(IReadOnlyList<string> wrong, string evidence) => wrong.Count == 0 ? Passed(evidence) : Failed(string.Join("; ", wrong));
}
