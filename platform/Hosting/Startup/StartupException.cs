namespace Navi.Platform.Hosting.Startup;

/// <summary>What this process was given is too weak for its environment. The message names the option, what is wrong and what would be right.</summary>
public sealed class StartupException(string message) : Exception(message);
