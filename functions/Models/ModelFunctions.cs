using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Agent.Models.Catalogue;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Models;

/// <summary>Lists and tries the models.</summary>
public sealed class ModelFunctions(ModelCatalogue models)
{
    /// <summary>GET /v1/models: what tasks may name, in the order in which models are tried.</summary>
    [Function(nameof(ListModels))]
    [Operation("Models", "The models that tasks may name, in the order in which they are tried.")]
    [Answers(200, "The models.", Body = typeof(ModelListView), Example = """{"items":[{"name":"rules","kind":"rules","model":"rules","modes":["auto","private"],"default":true}]}""")]
    public IResult ListModels([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models")] HttpRequest request) =>
        Answer.Json(new ModelListView([.. models.List().Select(ModelView.Of)]));

    /// <summary>POST /v1/models/{name}/test: one small question; 200 with the outcome, whether the model answered or not. It costs what it says.</summary>
    [Function(nameof(TestModel))]
    [Operation("Models", "Asks a model one small question; it costs what the answer says.")]
    [RouteValue("name", "The model's name.", Example = "rules")]
    [Answers(200, "The outcome, whether the model answered or not.", Body = typeof(ModelTest))]
    public async Task<IResult> TestModel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/models/{name}/test")] HttpRequest request, string name, FunctionContext context)
    {
        var principal = AccessMiddleware.PrincipalOf(context);
        return await models.TestAsync(name, principal.Organisation, principal.User, request.HttpContext.RequestAborted) is { } outcome
            ? Answer.Json(outcome)
            : Problem.NotFound("model", name);
    }
}
