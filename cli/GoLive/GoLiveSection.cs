namespace Navi.Cli.GoLive;

/// <summary>Items that belong together.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Items">In their order.</param>
internal sealed record GoLiveSection(string Title, IReadOnlyList<GoLiveItem> Items);
