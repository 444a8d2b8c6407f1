namespace Navi.Agent.Policy.Yaml;

/// <summary>A policy that can't be used. The message names the file, the line, the field, its value and what would be right.</summary>
internal sealed class PolicyFileException(string message, Exception? inner = null) : Exception(message, inner);
