using Navi.Platform.Tasks.Restoration;

namespace Navi.Agent.Restoration;

/// <summary>What was found after a restore, and done.</summary>
/// <param name="Tasks">Tasks that had not ended at the restore point, oldest first.</param>
/// <param name="WorkspacesPutBack">How many of them have a workspace here, which stands now where the database says.</param>
/// <param name="Unknown">Tasks that have a workspace here but no row: they began after the restore point. Their directories are left alone.</param>
public sealed record RestorationReport(IReadOnlyList<RestoredTask> Tasks, int WorkspacesPutBack, IReadOnlyList<Guid> Unknown);
