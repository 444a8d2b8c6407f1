namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/verify.</summary>
internal sealed record VerifyForm(string? UserCode, string? Proof, string? Decision);
