using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Navi.Testing.Running;

/// <summary>Serves the repositories below a directory by git's own smart HTTP backend (git-http-backend(1), a CGI program), on loopback.</summary>
public sealed class GitHttpServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GitHttpServer(WebApplication app) => this.app = app;

    /// <summary>Where it serves, without a slash at the end.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Starts it; whoever asks may read and push.</summary>
    public static async Task<GitHttpServer> StartAsync(string root)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => ServeAsync(root, context));
        await app.StartAsync();
        return new GitHttpServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task ServeAsync(string root, HttpContext context)
    {
        var info = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        info.Environment["GIT_PROJECT_ROOT"] = root;
        info.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        info.Environment["PATH_INFO"] = context.Request.Path;
        info.Environment["QUERY_STRING"] = context.Request.QueryString.Value?.TrimStart('?');
        info.Environment["REQUEST_METHOD"] = context.Request.Method;
        info.Environment["CONTENT_TYPE"] = context.Request.ContentType;
        info.Environment["HTTP_CONTENT_ENCODING"] = context.Request.Headers.ContentEncoding;
        // Pushing is for people that the web server has authenticated.
        info.Environment["REMOTE_USER"] = "tester";
        using var git = Process.Start(info)!;
        await context.Request.Body.CopyToAsync(git.StandardInput.BaseStream);
        git.StandardInput.Close();
        using var output = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(output);
        await git.WaitForExitAsync();
        var bytes = output.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status")
                context.Response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
            else
                context.Response.Headers[name] = value;
        }
        await context.Response.Body.WriteAsync(bytes.AsMemory(end + 4));
    }
}
