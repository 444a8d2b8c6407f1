using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Protocols;
using Navi.SimulatedProviders.Requests;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Validation;

namespace Navi.SimulatedProviders.Serving;

/// <summary>Answers a model call: key, form, order, failure, answer.</summary>
internal sealed class ModelEndpoint(SimulatedProvider server)
{
    private static readonly Protocol OpenAi = new OpenAiProtocol(azure: false);
    private static readonly Protocol Azure = new OpenAiProtocol(azure: true);
    private static readonly Protocol Anthropic = new AnthropicProtocol();
    private static readonly Protocol Ollama = new OllamaProtocol();
    private int number;

    public void Reset() => number = 0;

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (ProtocolOf(path) is not { } protocol)
        {
            await RefuseAsync(context, OpenAi, 404, OpenAi.Error(404, ""), "");
            return;
        }
        var director = server.Director;
        if (path == "/v1/models")
        {
            await ModelsAsync(context);
            return;
        }
        var call = Interlocked.Increment(ref number);
        var id = $"simulated{call:00000}";
        if (protocol.KeyOf(context.Request.Headers) is { } key && (key.Length == 0 || (director.Scenario.Keys.Count > 0 && !director.Scenario.Keys.Contains(key))))
        {
            await EndAsync(401, protocol.Error(401, id), null, []);
            return;
        }
        if (context.Request.Method != "POST")
        {
            await EndAsync(405, protocol.Error(404, id), null, []);
            return;
        }
        JsonElement? read = await BodyAsync(context);
        var violations = Violations(protocol, context.Request, read);
        if (violations.Count > 0)
        {
            await EndAsync(400, protocol.Refusal(violations[0], id), null, violations);
            return;
        }
        var request = ModelRequest.Of(read!.Value, protocol.ModelOf(path), protocol.StreamsByDefault);
        var (fault, answer, random) = director.Decide(request, call);
        switch (fault?.Kind)
        {
            case FaultKind.RateLimited or FaultKind.Unavailable or FaultKind.ServerError:
                if (fault is { RetryAfter: { } seconds, Kind: not FaultKind.ServerError })
                    context.Response.Headers.RetryAfter = fault.RetryAfterDate ? TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture) : seconds.ToString(CultureInfo.InvariantCulture);
                var status = fault.Kind switch { FaultKind.RateLimited => 429, FaultKind.Unavailable => protocol.UnavailableStatus, _ => 500 };
                await EndAsync(status, protocol.Error(status, id), fault, [], request);
                return;
            case FaultKind.PromptFiltered:
                await EndAsync(400, protocol.Filtered(id), fault, [], request);
                return;
            case FaultKind.Redirect:
                context.Response.Headers.Location = fault.Location;
                await EndAsync(307, "{}", fault, [], request);
                return;
        }
        Headers(context, protocol, answer.Id, limited: false);
        server.Add(new LoggedRequest(call, protocol.Name, path + context.Request.QueryString, request.Turn, 200, fault?.Kind.ToString(), [], fault is null ? answer.Usage : null, read));
        try
        {
            await AnswerSender.SendAsync(context, protocol, answer, director.Scenario, fault, random);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }

        Task EndAsync(int status, string body, Fault? fault, List<Violation> violations, ModelRequest? of = null)
        {
            server.Add(new LoggedRequest(
                call, protocol.Name, path + context.Request.QueryString, of?.Turn ?? -1, status, fault?.Kind.ToString(), [.. violations.Select(v => v.ToString())], null, of?.Body));
            return RefuseAsync(context, protocol, status, body, id);
        }
    }

    private static Protocol? ProtocolOf(string path) => path switch
    {
        "/v1/chat/completions" or "/v1/models" => OpenAi,
        "/v1/messages" => Anthropic,
        "/api/chat" => Ollama,
        _ when path.Split('/') is ["", "openai", "deployments", { Length: > 0 }, "chat", "completions"] => Azure,
        _ => null,
    };

    private static async Task<JsonElement?> BodyAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Violation> Violations(Protocol protocol, HttpRequest request, JsonElement? body)
    {
        if (protocol.Missing(request) is { } missing)
            return [missing];
        if (body is not { } read)
            return [new Violation("body", ViolationKind.Type, "a JSON object")];
        var found = new List<Violation>();
        protocol.Request.Check(read, "", found);
        if (found.Count == 0 && protocol.Order(read) is { } order)
            found.Add(order);
        return found;
    }

    private static Task ModelsAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new { @object = "list", data = new[] { new { id = "simulated-model", @object = "model", created = 1_790_000_000, owned_by = "simulated" } } });

    private static async Task RefuseAsync(HttpContext context, Protocol protocol, int status, string body, string id)
    {
        Headers(context, protocol, id, limited: status == 429);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private static void Headers(HttpContext context, Protocol protocol, string id, bool limited)
    {
        foreach (var (name, value) in protocol.Headers(id, limited))
            context.Response.Headers[name] = value;
    }
}
