namespace Navi.Functions.Keys;

/// <summary>The keys of NAVI's own tokens.</summary>
internal sealed record SigningKeyListView(IReadOnlyList<SigningKeyView> Items);
