namespace Navi.Cli.Api;

/// <summary>NAVI did not answer, or answered that it can't reach its database.</summary>
internal sealed class UnreachableException(string message, Exception? inner = null) : Exception(message, inner);
