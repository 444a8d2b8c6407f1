namespace Navi.Measuring;

/// <summary>The command line can't be understood; the message says which part of it.</summary>
internal sealed class UsageException(string message) : Exception(message);
