namespace Navi.Cli.GoLive;

/// <summary>An item and what was found.</summary>
/// <param name="Item">Its name.</param>
/// <param name="State">passed, failed, person or confirmed.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Milliseconds">How long looking took.</param>
internal sealed record GoLiveResult(string Item, string State, string Evidence, long Milliseconds);
