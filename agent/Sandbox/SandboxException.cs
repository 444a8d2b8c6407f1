namespace Navi.Agent.Sandbox;

/// <summary>The sandbox itself failed, so that the command did not run.</summary>
internal sealed class SandboxException(string message) : Exception(message);
