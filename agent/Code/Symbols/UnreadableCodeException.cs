namespace Navi.Agent.Code;

/// <summary>A file whose definitions can't be read within bounds.</summary>
/// <param name="message">What is wrong, as the end of a sentence about the file.</param>
/// <param name="inner">What told so.</param>
internal sealed class UnreadableCodeException(string message, Exception? inner = null) : Exception(message, inner);
