using Microsoft.AspNetCore.Http;
using Navi.Platform.Json;

namespace Navi.Functions.Http;

/// <summary>Answers in the API's JSON dialect.</summary>
internal static class Answer
{
    public static IResult Json<T>(T value, int status = 200) => Results.Json(value, NaviJson.Options, "application/json", status);
}
