namespace Navi.Platform.Hosting;

/// <summary>The database's tasks have their workspaces where this process can't reach them. The message says where, and what to do.</summary>
public sealed class WorkspaceAgreementException(string message) : Exception(message);
