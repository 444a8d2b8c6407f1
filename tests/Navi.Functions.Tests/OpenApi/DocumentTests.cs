using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Document;
using Navi.Functions.Tests.OpenApi.Support;
using Navi.Testing;

namespace Navi.Functions.Tests.OpenApi;

/// <summary>The document says what the functions do.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void HttpFunctions_Always_AreDescribed()
    {
        Assert.NotEmpty(HttpOperation.All);
        Assert.All(HttpOperation.All, o => Assert.True(o.Function.GetCustomAttribute<OperationAttribute>() is not null, $"{o.Name} has no [Operation]"));
        Assert.All(HttpOperation.All, o => Assert.True(o.Function.GetCustomAttributes<AnswersAttribute>().Any(), $"{o.Name} has no [Answers]"));
    }

    [Fact]
    public void Document_Always_HasEveryRouteOnce() =>
        Assert.Equal(HttpOperation.All.Select(o => $"{o.Method} {o.Path}").Order(), Declared.Operations.Select(o => $"{o.Method} {o.Path}").Order());

    [Fact]
    public void Examples_Always_FitTheirSchemas()
    {
        var held = 0;
        foreach (var (path, method, operation) in Declared.Operations)
        {
            foreach (var (media, content) in Contents(operation))
            {
                if (!media.EndsWith("json", StringComparison.Ordinal))
                    continue;
                var examples = content.TryGetProperty("examples", out var several) ? several.EnumerateObject().Select(e => e.Value.GetProperty("value")) : [];
                foreach (var example in content.TryGetProperty("example", out var one) ? examples.Append(one) : examples)
                {
                    Assert.True(Declared.Check.Errors(content.GetProperty("schema"), example) is { Count: 0 }, $"{method} {path}: {string.Join("; ", Declared.Check.Errors(content.GetProperty("schema"), example))}");
                    held++;
                }
            }
        }
        Assert.True(held > 50, $"only {held} examples");
    }

    [Fact]
    public void Problems_Always_AreDeclaredSomewhere()
    {
        var declared = Declared.Operations.SelectMany(o => o.Operation.GetProperty("responses").EnumerateObject())
            .Where(r => r.Value.TryGetProperty("x-problem-types", out _))
            .SelectMany(r => r.Value.GetProperty("x-problem-types").EnumerateArray().Select(t => (r.Name, t.GetString()!.Split(':')[^1]))).ToHashSet();
        var used = Used().ToList();
        Assert.True(used.Count > 8, $"only {used.Count} problems found in the sources");
        Assert.All(used, u => Assert.Contains((u.Status, u.Type), declared));
    }

    [Fact]
    public async Task Document_AskedForTwice_IsNotSentAgain()
    {
        await using var navi = await Navi.Testing.Service.Slice.StartAsync((_, _) => []);
        navi.Http.DefaultRequestHeaders.Authorization = null;
        using var first = await navi.Http.GetAsync("/openapi.json");
        Assert.Equal(ApiDocument.Bytes, await first.Content.ReadAsByteArrayAsync());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await navi.Http.SendAsync(again);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
    }

    private static IEnumerable<(string Media, JsonElement Content)> Contents(JsonElement operation)
    {
        var bodies = operation.TryGetProperty("requestBody", out var body) ? new[] { body } : [];
        return bodies.Concat(operation.GetProperty("responses").EnumerateObject().Select(r => r.Value))
            .Where(b => b.TryGetProperty("content", out _)).SelectMany(b => b.GetProperty("content").EnumerateObject()).Select(c => (c.Name, c.Value));
    }

    // Problem.Of(status, "type", …) with literals; what is not literal escapes this test and is found by the fuzzer.
    private static IEnumerable<(string Status, string Type)> Used() =>
        from file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "functions"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from call in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression.ToString() is "Problem.Of" or "Of" && call.ArgumentList.Arguments.Count >= 3
        let status = call.ArgumentList.Arguments[0].Expression as LiteralExpressionSyntax
        let type = call.ArgumentList.Arguments[1].Expression as LiteralExpressionSyntax
        where status is not null && type is not null
        select (status.Token.ValueText, type.Token.ValueText);
}
