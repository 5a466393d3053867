// libcurl, plus the variadic calls that Swift cannot make.
#pragma once
#define CURL_STRICTER  // CURL * imports as OpaquePointer, not as void *
#include <curl/curl.h>

// curl_easy_setopt takes its value through `...`; one setter for each type of value.

static inline CURLcode curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

typedef size_t (*curl_header_callback)(char *buffer, size_t size, size_t count, void *context);

static inline CURLcode curl_set_header_callback(CURL *easy, curl_header_callback value) {
  return curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, value);
}

static inline CURLcode curl_set_write_callback(CURL *easy, curl_write_callback value) {
  return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, value);
}

static inline CURLcode curl_set_socket_callback(CURL *easy, curl_opensocket_callback value) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode curl_set_progress_callback(CURL *easy, curl_xferinfo_callback value) {
  return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode curl_get_socket(CURL *easy, curl_socket_t *value) {
  return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value);
}

static inline CURLcode curl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode curl_get_string(CURL *easy, CURLINFO info, const char **value) {
  return curl_easy_getinfo(easy, info, value);
}
