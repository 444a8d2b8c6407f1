using System.Reflection;
using System.Text.Json.Nodes;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.OpenApi.Document;

/// <summary>Writes one operation of the document from the description on its function.</summary>
internal sealed class OperationWriter(SchemaBook schemas)
{
    private const string Json = "application/json";

    public JsonObject Write(HttpOperation operation)
    {
        var function = operation.Function;
        var said = function.GetCustomAttribute<OperationAttribute>() ?? throw new InvalidOperationException($"{operation.Name} has no [Operation].");
        var isPublic = AccessTable.Public.Contains(operation.Name);
        var written = new JsonObject { ["operationId"] = operation.Id, ["tags"] = new JsonArray(said.Tag), ["summary"] = said.Summary };
        if (said.Details is { } details)
            written["description"] = details;
        if (AccessTable.RoleOf.TryGetValue(operation.Name, out var role))
            written["x-required-role"] = role;
        if (isPublic)
            written["security"] = new JsonArray();
        if (Parameters(operation) is { Count: > 0 } parameters)
            written["parameters"] = parameters;
        if (function.GetCustomAttribute<BodyAttribute>() is { } body)
            written["requestBody"] = new JsonObject { ["required"] = !body.Optional, ["content"] = Content(body.MediaType, schemas.Reference(body.Type, isBody: true), body.Example) };
        written["responses"] = Responses(operation, isPublic);
        return written;
    }

    private static JsonArray Parameters(HttpOperation operation)
    {
        var given = operation.Function.GetCustomAttributes<ParameterAttribute>().ToList();
        var values = operation.RouteValues.Select(v => given.Find(p => p.Place == "path" && p.Name == v) ?? new RouteValueAttribute(v, "The id of the object.") { Format = "uuid" });
        return [.. values.Concat(given.Where(p => p.Place != "path")).Select(Parameter)];
    }

    private static JsonObject Parameter(ParameterAttribute parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Format is { } format)
            schema["format"] = format;
        if (parameter.Values is { } values)
            schema["enum"] = new JsonArray([.. values.Split(' ').Select(v => (JsonNode)v)]);
        if (parameter.Maximum > 0)
            (schema["minimum"], schema["maximum"]) = (parameter.Minimum, parameter.Maximum);
        if (parameter.MaxLength > 0)
            schema["maxLength"] = parameter.MaxLength;
        if (parameter.Default is { } fallback)
            schema["default"] = Value(parameter, fallback);
        var written = new JsonObject { ["name"] = parameter.Name, ["in"] = parameter.Place, ["description"] = parameter.Meaning, ["required"] = parameter.Place == "path", ["schema"] = schema };
        if (parameter.Example is { } example)
            written["example"] = Value(parameter, example);
        return written;
    }

    private static JsonNode? Value(ParameterAttribute parameter, string text) => parameter.Type == "string" ? text : JsonNode.Parse(text);

    private JsonObject Responses(HttpOperation operation, bool isPublic)
    {
        var responses = new SortedDictionary<int, JsonObject>();
        foreach (var answer in operation.Function.GetCustomAttributes<AnswersAttribute>())
        {
            var written = new JsonObject { ["description"] = answer.When };
            if (answer.Body is { } body)
                written["content"] = Content(Json, schemas.Reference(body, isBody: false), answer.Example);
            else if (answer.MediaType is { } media)
                written["content"] = Content(media, new JsonObject { ["type"] = media == Json ? "object" : "string" }, answer.Example);
            responses.Add(answer.Status, written);
        }
        var refusals = operation.Function.GetCustomAttributes<RefusesAttribute>().Concat(CommonRefusals.Of(operation, isPublic));
        foreach (var group in refusals.GroupBy(r => r.Status))
            responses[group.Key] = Refusal([.. group], responses.GetValueOrDefault(group.Key));
        return new JsonObject(responses.Select(r => KeyValuePair.Create(r.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)r.Value)));
    }

    private static JsonObject Refusal(IReadOnlyList<RefusesAttribute> refusals, JsonObject? same)
    {
        var schema = new JsonObject { ["$ref"] = ProblemSchema.Reference };
        var written = same ?? new JsonObject();
        var text = string.Join(" ", refusals.Select(r => $"`{r.Type}`: {r.When}"));
        written["description"] = same?["description"] is { } before ? $"{before} {text}" : text;
        var content = written["content"] as JsonObject ?? [];
        content["application/problem+json"] = new JsonObject { ["schema"] = schema, ["examples"] = Examples(refusals) };
        written["content"] = content;
        written["x-problem-types"] = new JsonArray([.. refusals.Select(r => (JsonNode)(Problem.Types + r.Type)).DistinctBy(n => n.GetValue<string>())]);
        return written;
    }

    private static JsonObject Examples(IReadOnlyList<RefusesAttribute> refusals) => new(refusals.DistinctBy(r => r.Type).Select(r => KeyValuePair.Create<string, JsonNode?>(
        r.Type, new JsonObject { ["value"] = new JsonObject { ["type"] = Problem.Types + r.Type, ["title"] = r.When, ["status"] = r.Status } })));

    private static JsonObject Content(string media, JsonObject schema, string? example)
    {
        var content = new JsonObject { ["schema"] = schema };
        if (example is not null)
            content["example"] = media == Json ? JsonNode.Parse(example) : example;
        return new JsonObject { [media] = content };
    }
}
