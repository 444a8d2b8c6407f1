namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/signout.</summary>
internal sealed record SignOutForm(string? Proof);
