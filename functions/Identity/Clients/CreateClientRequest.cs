using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Identity.Clients;

/// <summary>Body of POST /v1/clients.</summary>
/// <param name="Name">What the client is for.</param>
/// <param name="Roles">What it may do.</param>
internal sealed record CreateClientRequest(
    [property: RequiredMember, Description("What the client is for."), StringLength(100, MinimumLength = 1)] string? Name,
    [property: RequiredMember, Description("What it may do: one or more of viewer, caller, approver, operator, auditor, admin.")] IReadOnlyList<string>? Roles);
