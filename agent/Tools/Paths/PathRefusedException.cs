namespace Navi.Agent.Tools;

/// <summary>A path that a tool may not use. Its message is an answer to the model, so it names the path and what is right.</summary>
internal sealed class PathRefusedException(string message) : Exception(message);
