using Navi.Platform.Tasks.Forks;

namespace Navi.Platform.Tasks;

/// <summary>What a caller asks for, already validated.</summary>
/// <param name="Organisation">Caller's organisation.</param>
/// <param name="User">Caller.</param>
/// <param name="Repository">Absolute path or URL of the repository.</param>
/// <param name="Prompt">The task in words.</param>
/// <param name="Provider">Model provider, such as <c>rules</c>.</param>
/// <param name="Environment">Local, Staging or Production.</param>
/// <param name="PreApproved">The caller approves every gate in advance; Local only.</param>
/// <param name="MaxTurns">Most model turns.</param>
/// <param name="TimeLimit">Most wall-clock time from creation.</param>
/// <param name="IdempotencyKey">The caller's key for this request; null for none.</param>
/// <param name="BodyDigest">Digest of the request's body, compared when the key is used again.</param>
/// <param name="Mode">One of <see cref="TaskMode"/>.</param>
/// <param name="Fork">The state of another task to begin from; null to begin from the repository.</param>
public sealed record NewTask(
    string Organisation, string User, string Repository, string Prompt, string Provider, string Environment, bool PreApproved,
    int MaxTurns, TimeSpan TimeLimit, string? IdempotencyKey, string BodyDigest, string Mode = TaskMode.Auto, ForkPoint? Fork = null);
