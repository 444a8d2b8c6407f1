using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Pages;

/// <summary>Pages on which a person signs a browser in.</summary>
internal static class SignInPages
{
    /// <summary>Nobody is signed in: how to.</summary>
    /// <param name="userCode">Code to go on with afterwards; null for none.</param>
    /// <param name="issuers">Names of the issuers outside, by their number.</param>
    /// <param name="link">Whether links of the command line sign in here.</param>
    public static IResult Choose(string? userCode, IReadOnlyList<(int Number, string Name)> issuers, bool link)
    {
        var ways = string.Concat(issuers.Select(i =>
            $"<p><a class=\"button\" href=\"/connect/external?issuer={i.Number}{(userCode is null ? "" : "&amp;user_code=" + Uri.EscapeDataString(userCode))}\">Sign in at {Text(i.Name)}</a></p>"));
        if (link)
            ways += "<p>On the machine where NAVI runs, <code>navi login --link</code> prints a link that signs this browser in. Open it, then come back to this page.</p>";
        return new PageResult(401, "Who are you?", ways.Length > 0 ? ways : "<p>Nobody can sign in here: the operator of this NAVI has configured no way to.</p>");
    }

    /// <summary>A link that is good: the person confirms, since mail scanners open links too.</summary>
    public static IResult ConfirmLink(string link, UserRow person) => new PageResult(200, "Sign this browser in",
        $"<p>This link signs this browser in at NAVI as <strong>{Who(person)}</strong>. It is good once.</p>"
        + $"<form method=\"post\" action=\"/connect/signin\"><input type=\"hidden\" name=\"link\" value=\"{Text(link)}\"><button>Sign in</button></form>");

    public static IResult BadLink() => new PageResult(410, "This link is over", "<p>It was used, has expired, or never existed. <code>navi login --link</code> prints a new one.</p>");

    public static IResult SignedIn(UserRow person, string proof) => new PageResult(200, "You are signed in",
        $"<p>This browser is signed in as <strong>{Who(person)}</strong>.</p><p><a class=\"button\" href=\"/connect/verify\">Confirm a device's code</a></p>"
        + $"<form method=\"post\" action=\"/connect/signout\"><input type=\"hidden\" name=\"proof\" value=\"{proof}\"><button class=\"plain\">Sign out</button></form>");

    public static IResult SignedOut() => new PageResult(200, "You are signed out", "<p>This browser is not signed in any more. Devices that you confirmed stay signed in until they sign out.</p>");

    /// <summary>A sign-in elsewhere that did not work out.</summary>
    public static IResult Failed(int status, string reason) =>
        new PageResult(status, "The sign-in did not work", $"<p class=\"error\">{Text(reason)}</p><p><a class=\"button\" href=\"/connect/verify\">Try again</a></p>");

    /// <summary>A form that did not come from a page of ours.</summary>
    public static IResult ForeignForm() => new PageResult(403, "This form is not ours", "<p>It did not come from a page that NAVI made for this browser. Nothing was done.</p>");

    internal static string Who(UserRow person) => Text(person.Name is { Length: > 0 } name && name != person.Id ? $"{name} ({person.Id}, {person.OrgId})" : $"{person.Id} ({person.OrgId})");

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
