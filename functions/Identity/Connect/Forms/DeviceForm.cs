using System.ComponentModel;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/device.</summary>
internal sealed record DeviceForm(
    [property: RequiredMember, Description("The client.")] string? ClientId,
    [property: Description("navi, and offline_access for a refresh token.")] string? Scope = null,
    [property: Description("The user who is to confirm; nobody else can.")] string? LoginHint = null);
