using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/revoke.</summary>
internal sealed record RevocationForm([property: RequiredMember] string? Token, string? ClientId = null, string? ClientSecret = null, string? TokenTypeHint = null);
