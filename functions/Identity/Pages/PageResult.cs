using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Identity.Pages;

/// <summary>A page of the issuer: no script, nothing from elsewhere, never framed, never kept.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">Heading; plain text.</param>
/// <param name="body">HTML whose values are encoded already.</param>
internal sealed class PageResult(int status, string title, string body) : IResult
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
        + "h1{font-size:1.4rem}code,input{font:1.2rem ui-monospace,monospace}input,button,a.button{padding:.5rem 1rem;border:1px solid #595959;border-radius:.4rem;margin:.25rem .5rem .25rem 0}"
        + "button,a.button{font:1rem system-ui,sans-serif;background:#0b5cad;border-color:#0b5cad;color:#fff;text-decoration:none;display:inline-block;cursor:pointer}"
        + "button.plain{background:#fff;color:#1a1a1a;border-color:#595959}.error{color:#a40000}dt{font-weight:600}dd{margin:0 0 .5rem}"
        + "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}input,button.plain{background:#222;color:#eee}.error{color:#ff8a80}}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        // Our own pages must see where a form comes from; nobody else learns an address that holds a secret.
        response.Headers["Referrer-Policy"] = "same-origin";
        var heading = HtmlEncoder.Default.Encode(title);
        return response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{heading} · NAVI</title><style>{Style}</style></head><body><main><h1>{heading}</h1>{body}</main></body></html>",
            httpContext.RequestAborted);
    }
}
