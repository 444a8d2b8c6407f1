using System.Net.Http.Headers;
using System.Text.Json;
using Navi.Functions.Tests.OpenApi.Support;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.OpenApi;

/// <summary>Calls everything that the document names with good, odd and impossible values, and holds every answer against the document.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Calls = 2_400;
    private const int Seed = 20_26;
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task EveryOperation_CalledWithAnything_AnswersAsDeclaredAndNeverWith5xx()
    {
        await using var navi = await Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })]);
        var task = await navi.CreateAsync();
        var gate = await navi.PendingAsync(task);
        var values = new ValueSource(Seed, [task.ToString(), gate.GetProperty("id").GetString()!, Guid.CreateVersion7().ToString()]);
        var statuses = new SortedDictionary<int, int>();
        var objections = new List<string>();
        for (var call = 0; call < Calls; call++)
        {
            var (path, method, operation) = Declared.Operations[call % Declared.Operations.Count];
            using var request = Make(path, method, operation, values);
            using var answer = await navi.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            statuses[(int)answer.StatusCode] = statuses.GetValueOrDefault((int)answer.StatusCode) + 1;
            var wrong = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? [] : await Declared.ObjectionsAsync(operation, answer);
            if ((int)answer.StatusCode >= 500)
                wrong.Add($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()} to {(request.Content is null ? "no body" : await request.Content.ReadAsStringAsync())}");
            objections.AddRange(wrong.Select(w => $"call {call}: {method} {Short(request.RequestUri!.ToString())}: {Short(w)}"));
        }
        output.WriteLine($"{Calls} calls over {Declared.Operations.Count} operations, seed {Seed}; answers: {string.Join(", ", statuses.Select(s => $"{s.Key} × {s.Value}"))}; objections: {objections.Count}");
        Assert.True(objections.Count == 0, string.Join('\n', objections.DistinctBy(o => o[(o.IndexOf(": ", StringComparison.Ordinal) + 12)..].Split(": ", 2)[^1]).Take(40)));
        Assert.True(statuses.Keys.Count > 5, "The calls reached too few kinds of answers to prove anything.");
    }

    private static HttpRequestMessage Make(string path, string method, JsonElement operation, ValueSource values)
    {
        var query = new List<string>();
        var headers = new List<(string, string)>();
        foreach (var parameter in operation.TryGetProperty("parameters", out var given) ? given.EnumerateArray() : default)
        {
            var name = parameter.GetProperty("name").GetString()!;
            var place = parameter.GetProperty("in").GetString();
            if (place != "path" && values.Chance(0.5))
                continue;
            var value = values.Parameter(parameter.GetProperty("schema"), parameter.TryGetProperty("example", out var example) ? example : null);
            if (place == "path")
                path = path.Replace("{" + name + "}", value is "" or "." or ".." or "\0" ? "%20" : Uri.EscapeDataString(value.Length > 4_000 ? value[..4_000] : value), StringComparison.Ordinal);
            else if (place == "query")
                query.Add($"{name}={Uri.EscapeDataString(value.Length > 4_000 ? value[..4_000] : value)}");
            else
                headers.Add((name, value.Length > 9_000 ? value[..9_000] : value));
        }
        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(path + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Relative));
        // A client library refuses line breaks and other letters than ASCII in headers; such bytes never arrive as a header.
        foreach (var (name, value) in headers.Where(h => h.Item2.All(c => c is >= ' ' and < '\u007f')))
            request.Headers.TryAddWithoutValidation(name, value);
        if (operation.TryGetProperty("requestBody", out var body))
        {
            var content = body.GetProperty("content").EnumerateObject().First();
            var example = content.Value.GetProperty("example");
            request.Content = new ByteArrayContent(content.Name == Form && values.Chance(0.9) ? values.Form(example.GetString()!) : values.Body(example));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(values.Chance(0.95) ? content.Name : "text/plain");
        }
        return request;
    }

    private static string Short(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
