namespace Navi.Cli.GoLive;

/// <summary>An item of the go-live checklist.</summary>
/// <param name="Id">Its name, as a file of confirmations gives it.</param>
/// <param name="Words">What must be true.</param>
/// <param name="How">How it is looked at, or what a person looks at; for docs/GO_LIVE.md.</param>
/// <param name="Needs">The option or the variable without which a person must look instead; null when --url is enough, or when only a person can.</param>
/// <param name="LookAsync">Looks at it.</param>
internal sealed record GoLiveItem(string Id, string Words, string How, string? Needs, Func<GoLiveTarget, CancellationToken, Task<Verdict>> LookAsync)
{
    /// <summary>One that only a person can tell.</summary>
    public static GoLiveItem OfPerson(string id, string words, string how) => new(id, words, how, null, (_, _) => Task.FromResult(Verdict.Person(how))) { IsPersons = true };

    /// <summary>Names the system beside NAVI that is looked at, for evidence; null for NAVI itself, and where nothing is looked at.</summary>
    public Func<GoLiveTarget, string?> PlaceOf { get; init; } = _ => null;

    /// <summary>Only a person can tell.</summary>
    public bool IsPersons { get; private init; }
}
