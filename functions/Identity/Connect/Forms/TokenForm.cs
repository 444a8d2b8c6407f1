using System.ComponentModel;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/token.</summary>
internal sealed record TokenForm(
    [property: RequiredMember, Description("client_credentials, refresh_token or urn:ietf:params:oauth:grant-type:device_code.")] string? GrantType,
    string? ClientId = null, string? ClientSecret = null, string? DeviceCode = null, string? RefreshToken = null, string? Scope = null);
