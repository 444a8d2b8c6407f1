using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Pages;

/// <summary>Pages on which a person answers a device that wants to act for them.</summary>
internal static class DevicePages
{
    public static IResult EnterCode(UserRow person, string? error = null) => new PageResult(error is null ? 200 : 422, "Confirm a device",
        (error is null ? "" : $"<p class=\"error\" role=\"alert\">{Text(error)}</p>")
        + $"<p>You are signed in as <strong>{SignInPages.Who(person)}</strong>. Enter the code that your device shows.</p>"
        + "<form method=\"get\" action=\"/connect/verify\"><label for=\"user_code\">Code</label> <input id=\"user_code\" name=\"user_code\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" maxlength=\"20\" required autofocus> <button>Next</button></form>");

    public static IResult Confirm(UserRow person, DeviceRequest device, string code, string proof) => new PageResult(200, "Is this your device?",
        $"<p>A device wants to act at NAVI as <strong>{SignInPages.Who(person)}</strong>.</p>"
        + $"<dl><dt>Program</dt><dd>{Text(device.Client)}</dd><dt>Code that it shows</dt><dd><code>{Text(code)}</code></dd><dt>It may then do</dt><dd>{Text(person.Roles.Length == 0 ? "nothing: you have no roles" : "what you may: " + string.Join(", ", person.Roles))}</dd></dl>"
        + "<p>Approve only when you have begun this yourself and the code on your device is the same. If somebody sent you here, deny.</p>"
        + $"<form method=\"post\" action=\"/connect/verify\"><input type=\"hidden\" name=\"user_code\" value=\"{Text(code)}\"><input type=\"hidden\" name=\"proof\" value=\"{proof}\">"
        + "<button name=\"decision\" value=\"approve\">Approve</button><button class=\"plain\" name=\"decision\" value=\"deny\">Deny</button></form>");

    public static IResult Stranger(UserRow person, string expected) => new PageResult(403, "This code is for somebody else",
        $"<p class=\"error\">The device expects <strong>{Text(expected)}</strong>, and this browser is signed in as <strong>{SignInPages.Who(person)}</strong>. Nothing was done.</p>");

    public static IResult Done(bool approved) => approved
        ? new PageResult(200, "Approved", "<p>Your device is signed in. You can close this page.</p>")
        : new PageResult(200, "Denied", "<p>The device was refused. You can close this page.</p>");

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
