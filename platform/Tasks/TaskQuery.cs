namespace Navi.Platform.Tasks;

/// <summary>Which tasks a list holds; null for any.</summary>
/// <param name="Status">State, such as <c>running</c>.</param>
/// <param name="StopReason">How they ended.</param>
/// <param name="Provider">The model provider they name.</param>
/// <param name="User">Who asked for them.</param>
/// <param name="Repository">Their repository, as it was named.</param>
/// <param name="CreatedAfter">Asked for at this moment or later, UTC.</param>
/// <param name="CreatedBefore">Asked for before this moment, UTC.</param>
public sealed record TaskQuery(
    string? Status = null, string? StopReason = null, string? Provider = null, string? User = null, string? Repository = null, DateTime? CreatedAfter = null, DateTime? CreatedBefore = null);
