namespace Navi.Agent.Code;

/// <summary>A bracket and the one that closes it; the text's end where none does.</summary>
/// <param name="Kind">The opening bracket.</param>
/// <param name="Open">Offset of the opening bracket.</param>
/// <param name="Close">Offset of the closing one.</param>
internal sealed record BracketPair(char Kind, int Open, int Close);
