using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Checkpoints;

/// <summary>Body of POST /v1/checkpoints/{id}/decisions.</summary>
/// <param name="Decision"><c>approve</c>, <c>reject</c> or <c>respond</c>.</param>
/// <param name="Reason">Why; shown to the agent when rejected.</param>
/// <param name="Answer">The answer to a question; only and always with <c>respond</c>.</param>
/// <param name="ActionDigest">The digest that was shown; when given it must be the checkpoint's.</param>
internal sealed record DecisionBody(
    [property: RequiredMember, AllowedValues("approve", "reject", "respond")] string? Decision,
    [property: Description("Why; shown to the agent when rejected."), StringLength(16_384)] string? Reason = null,
    [property: Description("The answer to a question; only and always with respond."), StringLength(16_384)] string? Answer = null,
    [property: Description("The digest that was shown; when given it must be the checkpoint's.")] string? ActionDigest = null);
