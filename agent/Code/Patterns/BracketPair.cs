namespace Navi.Agent.Code;

/// <summary>A bracket and the one that closes it; the text's end where none does.</summary>
/// <param name="Kind">The opening bracket.</param>
/// <param name="Open">Offset of the opening bracket.</param>
/// <param name="Close">Offset of the closing one.</param>
/// <param name="Parent">Index of the pair around it; -1 for none.</param>
internal sealed record BracketPair(char Kind, int Open, int Close, int Parent);
