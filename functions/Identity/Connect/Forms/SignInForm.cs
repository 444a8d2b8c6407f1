namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Form of POST /connect/signin.</summary>
internal sealed record SignInForm(string? Link);
